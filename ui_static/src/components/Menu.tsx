import * as Popover from "@radix-ui/react-popover";
import { type ReactNode, useState } from "react";

interface MenuProps {
  /** What it opens, for those who cannot see it. */
  name: string;
  trigger: ReactNode;
  triggerClassName: string;
  align?: "start" | "end";
  side?: "top" | "bottom";
  width?: string;
  /** Where something else than its button opens it too. */
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  children: (close: () => void) => ReactNode;
}

/** A button that opens a small surface: beside it on a wide screen, as a sheet on a phone. */
export function Menu(props: MenuProps) {
  const [opened, setOpened] = useState(false);
  const { open = opened, onOpenChange: setOpen = setOpened } = props;
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger className={props.triggerClassName}>{props.trigger}</Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          aria-label={props.name}
          align={props.align ?? "start"}
          side={props.side ?? "bottom"}
          sideOffset={6}
          collisionPadding={12}
          className={`sheet z-50 outline-none rounded-card border border-line bg-surface p-2 shadow-lg ${props.width ?? "w-64"}`}
        >
          {props.children(() => setOpen(false))}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
