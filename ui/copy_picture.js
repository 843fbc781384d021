// A button that puts a figure's picture, with title and source, on the clipboard. The picture is asked for when it is
// pressed; the clipboard takes the promise of it, so that the press still counts when it arrives.

function buttonIn(parentElement) {
  const found = parentElement.querySelector("button");
  if (found) return found;
  const made = document.createElement("button");
  made.type = "button";
  made.style.cssText = "border:0;background:none;padding:4px 0;font:inherit;color:inherit;cursor:pointer";
  parentElement.append(made);
  return made;
}

const blob = (text) => new Blob([Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))], { type: "image/png" });

export default function ({ parentElement, data, setTriggerValue }) {
  const button = buttonIn(parentElement);
  button.hidden = !navigator.clipboard?.write; // a browser hands the clipboard to safe addresses alone
  if (button.label !== data.label) button.textContent = button.label = data.label;
  button.onclick = () => {
    const picture = new Promise((give) => (button.give = give));
    navigator.clipboard.write([new ClipboardItem({ "image/png": picture })]).then(
      () => (button.textContent = data.done),
      () => (button.textContent = data.failed),
    );
    setTriggerValue("asked", true);
  };
  if (data.picture) button.give?.(blob(data.picture));
}
