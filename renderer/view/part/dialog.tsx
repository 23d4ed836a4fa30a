// A dialog: its title says the thing, the grey line the consequence; buttons right, primary last.
import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';

interface Props {
  readonly title: string;
  readonly consequence?: string;
  readonly children?: ReactNode;
  /** Left to right; put <span className="sp" /> first to push them right. */
  readonly buttons?: ReactNode;
  readonly onClose: () => void;
  /** CSS width; the content's own without it. */
  readonly width?: string;
  /** A question that must be answered: a click beside it does nothing. */
  readonly alert?: boolean;
}

export function Dialog({ title, consequence, children, buttons, onClose, width, alert = false }: Props) {
  return (
    <ModalOverlay className="scrim" isOpen isDismissable={!alert} onOpenChange={(open) => (open ? undefined : onClose())}>
      <Modal className="dlg" style={width === undefined ? {} : { width }}>
        <AriaDialog role={alert ? 'alertdialog' : 'dialog'} className="dlg-in">
          <header>
            <Heading slot="title">{title}</Heading>
            {consequence === undefined ? null : <p className="small t3">{consequence}</p>}
          </header>
          {children}
          {buttons === undefined ? null : <footer>{buttons}</footer>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
