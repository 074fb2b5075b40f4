import type { OutputFile } from '@kith/protocol/study';
import { useState } from 'react';
import { Ready } from '../pieces/states.tsx';
import { useMay } from '../session/session-context.tsx';
import { outputAddress, useOutputs } from './case-queries.ts';
import { OutputPreview } from './output-preview.tsx';

/** What is made of the figures, to be looked at and taken along. */
export function Outputs({ id, computedAt }: { id: string; computedAt: string }) {
  const outputs = useOutputs(id, computedAt);
  const [shown, setShown] = useState<OutputFile>();
  const isAnalyst = useMay('analyst');
  return (
    <Ready query={outputs} what="the files">
      {(files) => (
        <>
          {!isAnalyst && <p className="soft">They can be opened by an analyst.</p>}
          <ul className="files">
            {files.map((file) => (
              <li key={file.name} className="files__one">
                <div>
                  <p>
                    <strong>{file.title}</strong> <code className="small soft">{file.name}</code>
                  </p>
                  <p className="small soft">{file.about}</p>
                </div>
                {isAnalyst && (
                  <div className="row">
                    {canPreview(file) && (
                      <button
                        type="button"
                        className="button button--small"
                        onClick={() => setShown(file)}
                        aria-label={`Look at ${file.title}`}
                      >
                        Look
                      </button>
                    )}
                    <a
                      className="button button--small"
                      href={outputAddress(id, file.name)}
                      download={file.name}
                      aria-label={`Download ${file.title}`}
                    >
                      Download
                    </a>
                  </div>
                )}
              </li>
            ))}
          </ul>
          {shown && (
            <OutputPreview id={id} file={shown} computedAt={computedAt} onClose={() => setShown(undefined)} />
          )}
        </>
      )}
    </Ready>
  );
}

/** A preview of everybody's notices would be a download of them. */
const canPreview = ({ name }: OutputFile) => !name.endsWith('.pdf') && !name.startsWith('notices');
