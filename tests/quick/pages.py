"""Looking at a page as a reader does: words, links, buttons."""

from typing import Any

from lxml import html


def tree(response: Any) -> Any:
    return html.fromstring(response.content.decode())


def words(element: Any) -> str:
    return " ".join(element.text_content().split())


def heading(response: Any) -> str:
    return words(tree(response).xpath("//h1")[0])


def lead(response: Any) -> str:
    return words(tree(response).xpath("//p[@class='lead']")[0])


def said(response: Any) -> str:
    return words(tree(response).xpath("//*[@id='said']")[0])


def file_lines(response: Any) -> list[tuple[str, str, str]]:
    """(name, what was read, tag) of every file in the list."""
    items = tree(response).xpath("//ul[@class='bare files']/li")
    return [
        (words(item.xpath(".//*[@class='name']")[0]), words(item.xpath(".//span[@class='second']")[0]), _tag(item))
        for item in items
    ]


def file_links(response: Any) -> dict[str, str]:
    return {
        words(link): link.get("href") for link in tree(response).xpath("//ul[@class='bare files']//a[@class='name']")
    }


def _tag(item: Any) -> str:
    tags = item.xpath("./span[starts-with(@class,'tag')]")
    return words(tags[0]) if tags else ""
