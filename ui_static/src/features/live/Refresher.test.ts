import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Refresher } from "./Refresher";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("the first request runs at once, and many make one more after a second", async () => {
  const task = vi.fn(async () => {});
  const refresher = new Refresher(task, 1_000);
  for (let i = 0; i < 50; i += 1) refresher.request();
  expect(task).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(task).toHaveBeenCalledTimes(2);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(task).toHaveBeenCalledTimes(2);
});

test("a request during a slow run is carried out after it, never beside it", async () => {
  const task = vi.fn(() => new Promise<void>((resolve) => setTimeout(resolve, 5_000)));
  const refresher = new Refresher(task, 1_000);
  refresher.request();
  await vi.advanceTimersByTimeAsync(3_000);
  refresher.request();
  expect(task).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(task).toHaveBeenCalledTimes(2);
});

test("a run that fails does not end the refreshing", async () => {
  const task = vi.fn(async () => {
    throw new Error("busy");
  });
  const refresher = new Refresher(task, 1_000);
  refresher.request();
  await vi.advanceTimersByTimeAsync(1_000);
  refresher.request();
  expect(task).toHaveBeenCalledTimes(2);
});

test("nothing runs after the stop", async () => {
  const task = vi.fn(async () => {});
  const refresher = new Refresher(task, 1_000);
  refresher.request();
  refresher.request();
  refresher.stop();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(task).toHaveBeenCalledTimes(1);
});
