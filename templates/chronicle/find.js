/* The page is whole without this: it shows the box that finds a unit, and the button that opens all. */
const tools = document.getElementById("tools"), box = document.getElementById("find");
const named = document.querySelectorAll("[data-n]");
tools.hidden = false;
box.oninput = () => {
  const sought = box.value.trim().toLowerCase();
  for (const one of named) one.hidden = !one.dataset.n.toLowerCase().includes(sought);
};
document.getElementById("open").onclick = () => {
  const all = document.querySelectorAll("section.unit:not([hidden]) details");
  const open = ![...all].every(one => one.open);
  for (const one of all) one.open = open;
};
