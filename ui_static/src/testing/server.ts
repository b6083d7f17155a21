import { setupServer } from "msw/node";
import { handlers } from "./handlers";

/** The program as the tests see it: alice is signed in and owns the shoe shop. */
export const server = setupServer(...handlers);
