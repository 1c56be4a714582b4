// A link to what is on the screen, as the address says it at the moment of the click, and the code
// that shows its chart in another page.

const HERE_ONLY = /^(localhost|127\.|\[::1\])/;
const ROOMS = ["only", "slide"]; // words of `view` that say how much of a page is shown
let asked = null; // the address whose code is shown, or asked for

export default function ({ parentElement, data, setTriggerValue }) {
  const find = (name) => parentElement.querySelector(`[data-part=${name}]`);
  const [dialog, address, said, code, frame] = ["dialog", "address", "said", "code", "frame"].map(find);
  const boxes = ROOMS.map(find);

  const copy = async (field) => {
    field.focus();
    field.select();
    // Without https the clipboard is closed, but for what is selected.
    const done = navigator.clipboard
      ? await navigator.clipboard.writeText(field.value).then(() => true, () => false)
      : document.execCommand("copy");
    said.textContent = done ? "Copied." : "Press Ctrl+C, or ⌘C, to copy it.";
  };
  const show = () => {
    address.value = shownIn(location.href, ROOMS.filter((_, i) => boxes[i].checked));
    frame.value = frameOf(shownIn(location.href, ["slide"]));
    said.textContent = HERE_ONLY.test(location.hostname) ? "This address works on this machine only." : "";
    asked = address.value;
    code.hidden = true;
    setTriggerValue("asked", asked);
    address.focus();
    address.select();
  };

  find("share").onclick = () => {
    dialog.showModal();
    const now = new URLSearchParams(location.search).getAll("view");
    ROOMS.forEach((room, i) => (boxes[i].checked = now.includes(room)));
    show();
  };
  for (const box of boxes) box.onchange = show;
  find("copy").onclick = () => copy(address);
  find("copy-frame").onclick = () => copy(frame);
  find("close").onclick = () => dialog.close();
  dialog.onclick = (event) => {
    if (event.target === dialog) dialog.close(); // a false that is returned would undo the click
  };
  if (data?.code && data.code.address === asked) {
    code.src = data.code.svg;
    code.hidden = false;
  }
}

// The address with as much of the page as is asked for; how the path is looked at stays.
function shownIn(href, rooms) {
  const url = new URL(href);
  const rest = url.searchParams.getAll("view").filter((word) => !ROOMS.includes(word));
  url.searchParams.delete("view");
  for (const word of [...rooms, ...rest]) url.searchParams.append("view", word);
  return url.href;
}

// As HTML is written, so that a name in an address stays within its quotes.
function frameOf(href) {
  const frame = document.createElement("iframe");
  frame.setAttribute("src", href);
  frame.setAttribute("title", document.querySelector(".rp-head h1")?.textContent ?? "regpath");
  for (const [name, value] of [["width", "960"], ["height", "540"], ["loading", "lazy"], ["style", "border:0;max-width:100%"]]) frame.setAttribute(name, value);
  return frame.outerHTML;
}
