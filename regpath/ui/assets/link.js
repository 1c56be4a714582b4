// The address says what is chosen; Back leads to the page before, not to the choice before.

export default function ({ data }) {
  const words = new URLSearchParams(data.query);
  for (const [name, value] of new URLSearchParams(location.search)) {
    if (name.startsWith("embed")) words.append(name, value); // Streamlit's own
  }
  const query = words.size ? `?${words}` : "";
  const address = location.pathname + query + location.hash;
  if (query !== location.search) history.replaceState(history.state, "", address);
}
