import type { Figures } from '@kith/protocol/study';
import { useState } from 'react';
import { Notice } from '../../ui/notice.tsx';
import { counted, grouped } from '../../words/counts.ts';
import { AskDialog } from '../pieces/ask-dialog.tsx';
import { LoadError } from '../pieces/states.tsx';
import { useMay } from '../session/session-context.tsx';
import { useSendNotices } from './case-queries.ts';

const languages = new Intl.DisplayNames('en', { type: 'language', fallback: 'code' });

/** One notice for each exposed member, sent by the host: Kith gives them to its webhook when a person says so. */
export function Notices({ id, figures }: { id: string; figures: Figures }) {
  const [isAsked, setAsked] = useState(false);
  const send = useSendNotices(id);
  const isApprover = useMay('approver');
  const { total, languages: byLanguage } = figures.notices;
  const close = () => setAsked(false);
  return (
    <>
      <p>
        {counted(total, 'notice')}
        {byLanguage.length > 0 &&
          `: ${byLanguage.map(({ language, notices }) => `${languages.of(language)} ${grouped(notices)}`).join(', ')}`}
        .
      </p>
      {send.data && (
        <Notice
          kind="good"
          title={`${counted(send.data.queued, 'notice')} on the way to the host`}
          role="status"
        >
          <p>Whoever has been sent one already is not sent another.</p>
        </Notice>
      )}
      {send.error && <LoadError error={send.error} />}
      {isApprover ? (
        <div className="row">
          <button
            type="button"
            className="button"
            disabled={total === 0 || send.isPending}
            onClick={() => setAsked(true)}
          >
            Deliver by webhook
          </button>
        </div>
      ) : (
        <p className="soft small">Delivering them takes an approver.</p>
      )}
      <AskDialog
        open={isAsked}
        title={`Deliver ${counted(total, 'notice')}?`}
        onClose={close}
        action={`Deliver ${counted(total, 'notice')}`}
        onAct={() => {
          close();
          send.mutate();
        }}
        isGrave
      >
        <p>
          The host’s webhook gets one for each member whose card was shown, and writes to them. What has been
          sent cannot be taken back.
        </p>
      </AskDialog>
    </>
  );
}
