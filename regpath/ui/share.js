// A link to what is on the screen, as the address says it at the moment of the click.

const HERE_ONLY = /^(localhost|127\.|\[::1\])/;
let asked = null; // the address whose code is shown, or asked for

export default function ({ parentElement, data, setTriggerValue }) {
  const find = (name) => parentElement.querySelector(`[data-part=${name}]`);
  const [dialog, address, said, only, code] = ["dialog", "address", "said", "only", "code"].map(find);

  const select = () => {
    address.focus();
    address.select();
  };
  const copy = async () => {
    select();
    // Without https the clipboard is closed, but for what is selected.
    const done = navigator.clipboard
      ? await navigator.clipboard.writeText(address.value).then(() => true, () => false)
      : document.execCommand("copy");
    said.textContent = done ? "Copied." : "Press Ctrl+C, or ⌘C, to copy it.";
  };
  const show = () => {
    address.value = only.checked ? withoutSide(location.href) : location.href;
    said.textContent = HERE_ONLY.test(location.hostname) ? "This address works on this machine only." : "";
    asked = address.value;
    code.hidden = true;
    setTriggerValue("asked", asked);
    select();
  };

  find("share").onclick = () => {
    dialog.showModal();
    only.checked = new URLSearchParams(location.search).getAll("view").includes("only");
    show();
  };
  only.onchange = show;
  find("copy").onclick = copy;
  find("close").onclick = () => dialog.close();
  dialog.onclick = (event) => {
    if (event.target === dialog) dialog.close(); // a false that is returned would undo the click
  };
  if (data?.code && data.code.address === asked) {
    code.src = data.code.svg;
    code.hidden = false;
  }
}

function withoutSide(href) {
  const url = new URL(href);
  if (!url.searchParams.getAll("view").includes("only")) url.searchParams.append("view", "only");
  return url.href;
}
