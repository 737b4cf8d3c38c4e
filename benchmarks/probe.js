// In a page: how soon, and how often, a picture follows a slider.
// A hand moves the slider to a position, as an event of the browser's own would.

const painted = () =>
  new Promise((done) =>
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => done(performance.now()); // the frame is on its way out
      channel.port2.postMessage(0);
    }),
  );
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

// A number that changes with any pixel of the canvases, or the picture's own address.
function look(root) {
  const image = root.querySelector("img");
  if (image) return image.complete && image.naturalWidth ? image.src : null;
  let sum = 0;
  for (const canvas of root.querySelectorAll("canvas")) {
    const { width, height } = canvas;
    if (!width || !height) continue;
    const pixels = canvas.getContext("2d").getImageData(0, 0, width, height).data;
    const words = new Uint32Array(pixels.buffer);
    for (let i = 0; i < words.length; i += 1) sum = (Math.imul(sum, 31) + words[i]) | 0;
  }
  return sum;
}

// The browser's own slider; or one of ipywidgets, which takes one step for each key.
function hand(slider) {
  const event = (name) => slider.dispatchEvent(new Event(name, { bubbles: true }));
  if (slider.matches("input")) {
    return {
      last: Number(slider.max),
      move(position) {
        slider.value = position;
        event("input");
      },
      release: () => event("change"),
    };
  }
  let at = 0;
  return {
    last: 120,
    move(position) {
      const key = position === 0 ? "Home" : position > at ? "ArrowRight" : "ArrowLeft";
      at = position;
      slider.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
    },
    release() {},
  };
}

// There and back again, one position at a time.
const position = (move, last) => (Math.floor(move / last) % 2 ? last - (move % last) : move % last);

// Milliseconds from one move to another picture, for so many moves at leisure. A move that does
// not change the picture within a second is left out.
async function latency(root, slider, moves) {
  const { last, move, release } = hand(slider);
  const times = [];
  move(0);
  await pause(1000);
  for (let k = 1; k <= moves; k += 1) {
    await pause(120 + 60 * Math.random());
    const before = look(root);
    const start = performance.now();
    move(position(k, last));
    for (let now = start; now < start + 1000; ) {
      now = await painted();
      const seen = look(root);
      if (seen === null || seen === before) continue;
      times.push(now - start);
      break;
    }
  }
  release();
  return times;
}

// One move in every frame: how many pictures, and how long after the last move they go on.
// `rest` is how long nothing must happen until it is over.
async function race(root, slider, moves, rest) {
  const { last, move, release } = hand(slider);
  move(0);
  await pause(1000 + rest);
  const pictures = [];
  let [before, end] = [look(root), Infinity];
  for (let k = 1, now = 0; now < Math.max(end, pictures.at(-1) ?? 0) + rest || k <= moves; k += 1) {
    if (k <= moves) move(position(k, last));
    if (k === moves) {
      end = performance.now();
      release();
    }
    now = await painted();
    const seen = look(root);
    if (seen !== null && seen !== before) pictures.push(now);
    before = seen ?? before;
  }
  const late = pictures.filter((time) => time > end);
  return { pictures: pictures.length, late: late.length, lag: late.length ? late.at(-1) - end : 0 };
}

// How many of the same moves change the picture at all.
async function changes(root, slider, moves) {
  const { last, move, release } = hand(slider);
  move(0);
  await pause(1000);
  let [before, count] = [look(root), 0];
  for (let k = 1; k <= moves; k += 1) {
    move(position(k, last));
    let seen = before;
    for (let frame = 0; frame < 3 && seen === before; frame += 1) {
      await painted();
      seen = look(root);
    }
    count += seen !== before;
    before = seen;
  }
  release();
  return count;
}

// The time when an explorer's first picture is there, after the key that ran its cell.
async function first(cell) {
  const there = () => cell.querySelector(".lfe-status")?.textContent.trim();
  for (;;) {
    const now = await painted();
    if (there()) return now - window.ran;
  }
}

window.probe = { latency, race, changes, first };
