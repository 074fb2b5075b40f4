import { Page } from '../../ui/page.tsx';
import { ChooseStep } from './choose-step.tsx';
import { DoneStep } from './done-step.tsx';
import { PreviewStep } from './preview-step.tsx';
import { SendingStep } from './sending-step.tsx';
import { useImport } from './use-import.ts';

/** An address book on its way: chosen, read and looked at here, and only then sent. */
export function ImportPage() {
  const { state, way, actions } = useImport();
  return (
    <Page
      title="Import contacts"
      lead="Your address book is read on this device. Nothing is sent before you have seen it."
    >
      {state.step === 'choose' && <ChooseStep busy={state.busy} error={state.error} actions={actions} />}
      {state.step === 'preview' && <PreviewStep state={state} way={way} actions={actions} />}
      {state.step === 'sending' && <SendingStep state={state} actions={actions} />}
      {state.step === 'done' && <DoneStep state={state} actions={actions} />}
    </Page>
  );
}
