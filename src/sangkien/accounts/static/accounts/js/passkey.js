// Passkeys: forms with data-passkey ask the browser for a key and post what it answers.
//   sign-in  options are fetched from the form's own address
//   confirm, add  options stand in the page, in the element that data-passkey-options names
// The browser's own JSON helpers are newer than the browsers that offices have, so bytes are turned by hand.

const toBytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const withBytes = (key) => ({ ...key, id: toBytes(key.id) });

function creation(options, passwordless) {
  const asked = options.publicKey;
  const selection = { ...asked.authenticatorSelection, residentKey: passwordless ? "required" : "discouraged", requireResidentKey: passwordless };
  if (passwordless) selection.userVerification = "required";
  return {
    publicKey: {
      ...asked,
      challenge: toBytes(asked.challenge),
      user: { ...asked.user, id: toBytes(asked.user.id) },
      excludeCredentials: (asked.excludeCredentials ?? []).map(withBytes),
      authenticatorSelection: selection,
    },
  };
}

function request(options) {
  const asked = options.publicKey;
  const allowed = (asked.allowCredentials ?? []).map(withBytes);
  return { publicKey: { ...asked, challenge: toBytes(asked.challenge), allowCredentials: allowed } };
}

function answer(credential) {
  const response = Object.fromEntries(
    ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]
      .filter((name) => credential.response[name])
      .map((name) => [name, toText(credential.response[name])]),
  );
  const transports = credential.response.getTransports?.();
  if (transports) response.transports = transports;
  return {
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment ?? null,
    clientExtensionResults: credential.getClientExtensionResults(),
    response,
  };
}

async function options(form) {
  if (form.dataset.passkeyOptions) return JSON.parse(document.getElementById(form.dataset.passkeyOptions).textContent);
  const got = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!got.ok) throw new Error(`passkey options: ${got.status}`);
  return got.json();
}

async function credential(form) {
  const { creation_options, request_options } = await options(form);
  if (form.dataset.passkey === "add") {
    return navigator.credentials.create(creation(creation_options, form.elements.passwordless?.checked ?? false));
  }
  return navigator.credentials.get(request(request_options));
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const said = form.querySelector("[data-passkey-said]");
    said.hidden = true;
    try {
      form.elements.credential.value = JSON.stringify(answer(await credential(form)));
      form.submit();
    } catch {
      said.hidden = false; // the person stopped, or the machine has no key: the sentence says what to do
    }
  });
}
