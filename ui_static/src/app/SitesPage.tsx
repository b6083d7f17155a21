import { SitesGrid } from "@/features/sites/SitesGrid";
import { AppFrame } from "./AppFrame";

export function SitesPage() {
  return (
    <AppFrame>
      <title>Your websites · Analytiq</title>
      <SitesGrid />
    </AppFrame>
  );
}
