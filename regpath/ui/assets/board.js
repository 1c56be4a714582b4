// The projector page: how many screens are here, as the server says it.

const part = (name) => document.querySelector(`[data-part=${name}]`);
const SOON = 1000; // ms until a line that broke is tried again

function listen() {
  const line = new WebSocket(new URL("line", import.meta.url).href.replace(/^http/, "ws"));
  line.onopen = () => line.send(JSON.stringify({ role: "board" }));
  line.onmessage = ({ data }) => {
    const { here = 0, follow = 0 } = JSON.parse(data);
    part("here").textContent = String(here);
    part("screens").textContent = here === 1 ? "screen here" : "screens here";
    part("follow").textContent = here ? `, ${follow} ${follow === 1 ? "follows" : "follow"} the teacher` : "";
  };
  line.onclose = () => setTimeout(listen, SOON);
}

listen();
