// A link to what is on the screen, as the address says it at the moment of the click.

export default function ({ parentElement }) {
  const find = (name) => parentElement.querySelector(`[data-part=${name}]`);
  const [dialog, address, said] = ["dialog", "address", "said"].map(find);

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

  find("share").onclick = () => {
    address.value = location.href;
    said.textContent = "";
    dialog.showModal();
    select();
  };
  find("copy").onclick = copy;
  find("close").onclick = () => dialog.close();
  dialog.onclick = (event) => event.target === dialog && dialog.close();
}
