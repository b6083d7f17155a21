import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { painted } from "./painted";

let frames: FrameRequestCallback[] = [];

function userHas(isActive: boolean) {
  vi.stubGlobal("navigator", { userActivation: { isActive, hasBeenActive: true } });
}

function showFrame() {
  const shown = frames;
  frames = [];
  for (const each of shown) each(0);
}

beforeEach(() => {
  vi.useFakeTimers();
  frames = [];
  vi.stubGlobal("requestAnimationFrame", (each: FrameRequestCallback) => frames.push(each));
});
afterEach(() => {
  vi.useRealTimers();
});

async function isOver(waiting: Promise<void>): Promise<boolean> {
  let over = false;
  void waiting.then(() => {
    over = true;
  });
  await vi.advanceTimersByTimeAsync(1);
  return over;
}

test("after a click it waits until the browser has shown a frame", async () => {
  userHas(true);
  const waiting = painted();
  expect(await isOver(waiting)).toBe(false);
  showFrame();
  expect(await isOver(waiting)).toBe(false);
  showFrame();
  expect(await isOver(waiting)).toBe(true);
});

test("a page that paints no more does not wait for ever", async () => {
  userHas(true);
  const waiting = painted();
  await vi.advanceTimersByTimeAsync(300);
  expect(await isOver(waiting)).toBe(true);
});

test("where nobody clicked there is nothing to wait for", async () => {
  userHas(false);
  expect(await isOver(painted())).toBe(true);
});
