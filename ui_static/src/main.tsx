import { QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { createBrowserRouter } from "react-router";
import { RouterProvider } from "react-router/dom";
import { createQueryClient } from "./app/queryClient";
import { routes } from "./app/routes";
import { startLanguage, useLanguage } from "./lib/language";
import { applyTheme, storedTheme } from "./lib/theme";
import "./styles/index.css";

applyTheme(storedTheme());

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no element with the id root");

const client = createQueryClient();
const router = createBrowserRouter(routes);

function App() {
  return (
    <QueryClientProvider client={client}>
      {/* In another language every text is another: the page is drawn anew. */}
      <RouterProvider key={useLanguage()} router={router} />
    </QueryClientProvider>
  );
}

// Nothing is shown before its language is there, or the page would change under the eyes.
startLanguage().then(() => {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
});
