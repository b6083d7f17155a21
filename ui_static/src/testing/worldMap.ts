// A world of two countries: the real one's outlines would make every look at a dashboard slow here.
export const width = 100;
export const height = 50;
export const lands = [
  { code: "DE", path: "M0,0L10,0L10,10Z" },
  { code: "US", path: "M20,0L30,0L30,10Z" },
];
