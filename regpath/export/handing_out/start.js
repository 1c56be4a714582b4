// Starts the explorer on a page of its own: everything it needs is in the page.

(async () => {
  const held = (id) => document.getElementById(id).textContent;
  const root = document.querySelector("[data-part=root]");
  try {
    const packed = Uint8Array.from(atob(held("plotly").trim()), (c) => c.charCodeAt(0));
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"));
    const script = document.createElement("script");
    script.textContent = await new Response(stream).text();
    document.head.append(script);
    const { index, payload } = JSON.parse(held("payload"));
    const { Explorer, readModel } = regpathExplorer;
    const model = await readModel(payload);
    const place = Number(location.hash.slice(1));
    const kept = /^#\d+$/.test(location.hash) && place < model.L ? place : index;
    const report = (chosen) => {
      try {
        history.replaceState(null, "", `#${chosen.index}`); // a reload keeps the place
      } catch {
        // where a page from a file may not
      }
    };
    const explorer = new Explorer(root, model, window.Plotly, { index: kept, view: {}, report });
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => explorer.retheme());
    await explorer.ready;
    document.documentElement.dataset.ready = "";
  } catch (error) {
    const words = document.createElement("p");
    words.setAttribute("role", "alert");
    words.textContent = `The explorer could not start (${error.message}). It needs a browser of 2023 or newer.`;
    root.replaceChildren(words);
    throw error;
  }
})();
