import { X } from "lucide-react";
import { type ReactNode, useId, useLayoutEffect, useRef } from "react";
import { t } from "@/lib/i18n";

interface DialogProps {
  title: string;
  onClose: () => void;
  children: ReactNode;
}

/**
 * A surface over the page, open as long as it is there: what is behind it stands still, Escape and a
 * click beside it close it, and the focus returns to where it was.
 */
export function Dialog({ title, onClose, children }: DialogProps) {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  // Closed before it is taken away, or the focus would have nowhere to return from.
  useLayoutEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    return () => shown?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      aria-labelledby={id}
      className="dialog m-auto h-dvh max-h-none w-full max-w-none flex-col border-line bg-surface p-0 text-ink open:flex sm:h-auto sm:max-h-[min(44rem,calc(100dvh-3rem))] sm:w-[min(52rem,calc(100vw-3rem))] sm:rounded-card sm:border"
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      // The keys of the page behind it are not those of the dialog.
      onKeyDown={(event) => event.stopPropagation()}
      onPointerDown={(event) => event.target === event.currentTarget && onClose()}
    >
      <header className="flex items-center gap-3 border-b border-line px-4 py-2">
        <h2 id={id} className="min-w-0 grow truncate text-16 font-semibold">
          {title}
        </h2>
        <button
          type="button"
          aria-label={t("Close")}
          onClick={onClose}
          className="flex size-11 items-center justify-center rounded-control text-ink-2 hover:bg-raised sm:size-9"
        >
          <X className="size-4" aria-hidden="true" />
        </button>
      </header>
      {children}
    </dialog>
  );
}
