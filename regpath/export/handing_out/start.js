// Starts the explorer on a page of its own: everything it needs is in the page.

(async () => {
  const held = (id) => document.getElementById(id).textContent;
  const root = document.querySelector("[data-part=root]");
  try {
    const { Explorer, readModel, Drawing, inSigns, readNumber, writeNumbers } = regpathExplorer;
    const { views, lesson, colours, numbers } = JSON.parse(held("payload"));
    writeNumbers(numbers);
    const asked = lesson ? askFirst(lesson, Drawing, { inSigns, readNumber }) : null;
    const packed = Uint8Array.from(atob(held("plotly").trim()), (c) => c.charCodeAt(0));
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"));
    const script = document.createElement("script");
    script.textContent = await new Response(stream).text();
    document.head.append(script);
    document.documentElement.dataset.loaded = "";
    const predictions = document.getElementById("predictions");
    if (predictions) drawFigures(lesson, colours, window.Plotly, predictions);
    await asked;

    let explorer = null, shown = null;
    const show = async (view, place) => {
      const model = await readModel(views[view].payload);
      const start = place !== null && place < model.L ? place : views[view].index;
      if (shown === view) {
        if (place !== null) explorer.go(start);
        return;
      }
      explorer?.destroy();
      shown = view;
      const report = (chosen) => {
        try {
          const at = view ? `${view}.${chosen.index}` : chosen.index;
          history.replaceState(null, "", `#${at}`); // a reload keeps the place
        } catch {
          // where a page from a file may not
        }
      };
      explorer = new Explorer(root, model, window.Plotly, { index: start, view: {}, report });
      for (const button of document.querySelectorAll(".views [data-view]")) {
        button.setAttribute("aria-pressed", String(Number(button.dataset.view) === view));
      }
      await explorer.ready;
    };

    const kept = /^#(?:(\d+)\.)?(\d+)$/.exec(location.hash);
    const view = kept && Number(kept[1] ?? 0) < views.length ? Number(kept[1] ?? 0) : 0;
    await show(view, kept ? Number(kept[2]) : null);
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => explorer.retheme());
    for (const button of document.querySelectorAll("[data-view]")) {
      button.addEventListener("click", async () => {
        await show(Number(button.dataset.view), button.dataset.index ? Number(button.dataset.index) : null);
        if (!button.closest(".views")) root.scrollIntoView({ block: "start" });
      });
    }
    if (lesson) drawFigures(lesson, colours, window.Plotly, document.querySelector("[data-part=steps]"));
    document.documentElement.dataset.ready = "";
  } catch (error) {
    const words = document.createElement("p");
    words.setAttribute("role", "alert");
    words.textContent = `The explorer could not start (${error.message}). It needs a browser of 2023 or newer.`;
    document.querySelector("[data-part=main]").hidden = false;
    root.replaceChildren(words);
    throw error;
  }
})();
