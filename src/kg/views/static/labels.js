// Labels that fit their boxes: wrapped by measure, cut with an ellipsis; the panel has the whole.
const FONT = '"Segoe UI", -apple-system, Roboto, "Liberation Sans", Arial, sans-serif';
const pen = document.createElement("canvas").getContext("2d");
const MEASURED = 400;

// A label may have parts on lines of their own (a name, how it stands). Where room is short the longest
// part gives way first, and each keeps a line as long as there is one.
function fitted(text, width, lines, font) {
  pen.font = font;
  const parts = text.trim().split("\n").slice(0, lines).map((part) => wrapped(whole(part, MEASURED), width));
  const room = parts.map((part) => part.length);
  while (room.reduce((sum, one) => sum + one, 0) > lines) room[room.indexOf(Math.max(...room))] -= 1;
  return parts.flatMap((part, place) => cutTo(part, room[place], width)).join("\n");
}

function wrapped(text, width) {
  const made = [""];
  for (const word of text.split(/\s+/).flatMap((one) => pieces(one, width))) {
    const longer = made.at(-1) ? `${made.at(-1)} ${word}` : word;
    if (pen.measureText(longer).width <= width) made[made.length - 1] = longer;
    else made.push(word);
  }
  return made;
}

function cutTo(made, lines, width) {
  if (made.length <= lines) return made;
  return [...made.slice(0, lines - 1), shortened(`${made[lines - 1]}…`, width)];
}

// The beginning of a text, without half a sign at its end (an emoji is two units long).
const whole = (text, end) => text.slice(0, /[\uD800-\uDBFF]/.test(text[end - 1] ?? "") ? end - 1 : end);

function shortened(text, width) {
  let cut = text;
  while (cut.length > 2 && pen.measureText(cut).width > width) cut = `${whole(cut, cut.length - 2)}…`;
  return cut;
}

// A word longer than the line is broken, so that no text can push its box over a neighbour.
function pieces(word, width) {
  const parts = [];
  let rest = word;
  while (pen.measureText(rest).width > width && rest.length > 1) {
    let end = rest.length - 1;
    while (end > 1 && pen.measureText(rest.slice(0, end)).width > width) end -= 1;
    const part = whole(rest, end) || rest.slice(0, 2);
    parts.push(part);
    rest = rest.slice(part.length);
  }
  return [...parts, rest];
}
