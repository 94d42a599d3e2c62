// A photo of a phone is made small in the browser before it goes over a weak network: at most 1,600 points on its longer side.
const LONGEST = 1600;
const SMALL_ENOUGH = 400_000;
const PHOTOS = ["image/jpeg", "image/png", "image/webp"];

/** The same file when it is no photo, small already, or the browser cannot read it. */
export const shrink = async (file) => {
  if (!PHOTOS.includes(file.type) || file.size <= SMALL_ENOUGH) return file;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    const paper = canvas.getContext("2d");
    paper.fillStyle = "#fff"; // what is transparent in a PNG would turn black
    paper.fillRect(0, 0, canvas.width, canvas.height);
    paper.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const small = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.82));
    if (!small || small.size >= file.size) return file;
    return new File([small], `${file.name.replace(/\.(jpe?g|png|webp)$/i, "")}.jpg`, { type: "image/jpeg" });
  } catch {
    return file; // the server takes the large one too, or says why not
  }
};
