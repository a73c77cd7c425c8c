// What a reader meets who sees little, prints, or has no mouse: measured in the page as it is shown.

/** Every text whose contrast with what is behind it is below WCAG's 4.5 to 1. */
export function pale() {
  const channels = (colour) => (colour.match(/[\d.]+/g) ?? []).map(Number);
  const luminance = (colour) => {
    const [r, g, b] = channels(colour).map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => {
    const shape = element.closest("text")?.parentElement.querySelector("circle, rect");
    if (shape) return getComputedStyle(shape).fill;
    for (let at = element; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if (channels(colour)[3] !== 0) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  const faded = (element) => {
    let left = 1;
    for (let at = element; at; at = at.parentElement) left *= Number(getComputedStyle(at).opacity);
    return left < 1;
  };
  const found = new Set();
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    if (!texts.currentNode.data.trim() || element.closest("title")) continue;
    const style = getComputedStyle(element);
    const [one, other] = [element.closest("text") ? style.fill : style.color, behind(element)].map(luminance);
    const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    if (!(ratio >= 4.5) || faded(element)) found.add(`${element.tagName}.${element.getAttribute("class") ?? ""} ${ratio.toFixed(2)}`);
  }
  return [...found];
}

/** Faults of structure: names used twice, links that lead nowhere, levels of headings left out. */
export function broken() {
  const ids = [...document.querySelectorAll("[id]")].map((each) => each.id);
  const twice = ids.filter((id, at) => ids.indexOf(id) !== at);
  const nowhere = [...document.querySelectorAll('a[href^="#"]')]
    .map((link) => link.getAttribute("href").slice(1))
    .filter((id) => !document.getElementById(id));
  const levels = [...document.querySelectorAll("h1, h2, h3, h4")].map((each) => Number(each.tagName[1]));
  const skipped = levels.filter((level, at) => level > (levels[at - 1] ?? 0) + 1);
  return [...twice, ...nowhere, ...skipped];
}

/** What Chromium tells a screen reader: landmarks, tables with headers, and links without a name. */
export async function heard(page) {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send("Accessibility.getFullAXTree");
  const shown = nodes.filter((node) => !node.ignored);
  const roles = (role) => shown.filter((node) => node.role.value === role);
  const unnamed = ["link", "region", "navigation", "heading", "DisclosureTriangle"]
    .flatMap(roles)
    .filter((node) => !node.name?.value.trim())
    .map((node) => node.role.value);
  const landmarks = ["banner", "navigation", "main", "contentinfo"].filter((role) => roles(role).length === 1);
  const records = roles("heading").filter((node) => node.properties.some(({ name, value }) => name === "level" && value.value === 3));
  const unheard = (await page.locator("h3").count()) - records.length;
  return { unnamed, unheard, landmarks, rowHeaders: roles("rowheader").length, images: roles("image").length };
}

/** Elements of the page's own that reach beyond it at the side, the window being narrow. */
export function beyond() {
  return [...document.querySelectorAll("body *")]
    .filter((each) => !each.closest(".wide") && each.getBoundingClientRect().right > innerWidth + 1)
    .map((each) => each.tagName);
}

/** On paper, too: what is closed on the screen and no record's whole text. */
export function unprinted() {
  return [...document.querySelectorAll("details:not(.whole) > :not(summary)")]
    .filter((each) => !each.checkVisibility() || each.getBoundingClientRect().height === 0)
    .map((each) => each.tagName);
}
