// Plotly's basic bundle, from beside this file, loaded once for the page.

const FILE = "./vendor/plotly-basic-4.1.1.min.js";
let loading = null;

export function loadPlotly() {
  loading ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = new URL(FILE, import.meta.url).href;
    // Another Plotly on the page may take the global name later; ours is kept here.
    script.onload = () => resolve(window.Plotly);
    script.onerror = () => {
      loading = null;
      reject(new Error("the drawing library did not load: reload the page"));
    };
    document.head.append(script);
  });
  return loading;
}
