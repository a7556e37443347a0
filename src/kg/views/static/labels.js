// Labels that fit their boxes: wrapped by measure, cut with an ellipsis; the panel has the whole.
const FONT = '"Segoe UI", -apple-system, Roboto, "Liberation Sans", Arial, sans-serif';
const pen = document.createElement("canvas").getContext("2d");
const MEASURED = 400;

function fitted(text, width, lines, font) {
  pen.font = font;
  const words = text.slice(0, MEASURED).split(/\s+/).flatMap((word) => pieces(word, width));
  const made = [""];
  for (const word of words) {
    const longer = made[made.length - 1] ? `${made[made.length - 1]} ${word}` : word;
    if (pen.measureText(longer).width <= width) made[made.length - 1] = longer;
    else made.push(word);
  }
  if (made.length > lines) made.splice(lines, Infinity, "");
  else return made.join("\n");
  made.pop();
  made[lines - 1] = shortened(`${made[lines - 1]}…`, width);
  return made.join("\n");
}

function shortened(text, width) {
  let cut = text;
  while (cut.length > 2 && pen.measureText(cut).width > width) cut = `${cut.slice(0, -2)}…`;
  return cut;
}

// A word longer than the line is broken, so that no text can push its box over a neighbour.
function pieces(word, width) {
  const parts = [];
  let rest = word;
  while (pen.measureText(rest).width > width && rest.length > 1) {
    let end = rest.length - 1;
    while (end > 1 && pen.measureText(rest.slice(0, end)).width > width) end -= 1;
    parts.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return [...parts, rest];
}
