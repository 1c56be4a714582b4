// The page around its content: on a phone the side gives way once something is chosen in it; for a
// lecture, and where a link shows the content alone, there is no side (style.css).

const NARROW = "(max-width: 767px)"; // where Streamlit lays the side over the page
const CLOSE = '[data-testid="stSidebarCollapseButton"] button[aria-expanded="true"]';
let before = null; // what was chosen when this was last heard of

export default function ({ data }) {
  const { dataset } = document.documentElement;
  const room = [["rpPresent", data.present], ["rpAlone", data.alone], ["rpSlide", data.slide]];
  for (const [name, value] of room) {
    if (dataset[name] !== String(value)) dataset[name] = String(value);
  }
  const now = data.chosen;
  const news = before && Object.keys(now).some((name) => now[name] && now[name] !== before[name]);
  before = now;
  if (news && matchMedia(NARROW).matches) document.querySelector(CLOSE)?.click();
}
