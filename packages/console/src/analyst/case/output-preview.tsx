import type { OutputFile } from '@kith/protocol/study';
import { useQuery } from '@tanstack/react-query';
import { CallError } from '../data/call.ts';
import { Ready } from '../pieces/states.tsx';
import { outputAddress } from './case-queries.ts';

/** Letters of a preview; the whole is in the file. */
const lettersMax = 200_000;

interface OutputPreviewProps {
  id: string;
  file: OutputFile;
  computedAt: string;
  onClose: () => void;
}

/** An output on the page: pages in a frame that may run nothing and reach nothing, the others as text. */
export function OutputPreview({ id, file, computedAt, onClose }: OutputPreviewProps) {
  const isPage = file.name.endsWith('.html');
  return (
    <section className="preview" aria-label={`Preview of ${file.title}`}>
      <div className="row row--spread">
        <h3>{file.title}</h3>
        <button type="button" className="button button--small" onClick={onClose}>
          Close the preview
        </button>
      </div>
      {isPage ? (
        <iframe
          className="preview__frame"
          title={file.title}
          sandbox=""
          src={`${outputAddress(id, file.name)}?inline=true`}
        />
      ) : (
        <Text id={id} file={file} computedAt={computedAt} />
      )}
    </section>
  );
}

function Text({ id, file, computedAt }: Omit<OutputPreviewProps, 'onClose'>) {
  const query = useQuery({
    queryKey: ['output', id, file.name, computedAt],
    queryFn: ({ signal }) => readText(outputAddress(id, file.name), signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <Ready query={query} what={file.title} lines={8}>
      {(text) => (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        <pre className="preview__text" tabIndex={0}>
          {text.length > lettersMax ? `${text.slice(0, lettersMax)}\n…` : text}
        </pre>
      )}
    </Ready>
  );
}

async function readText(address: string, signal: AbortSignal): Promise<string> {
  const response = await fetch(address, { signal, credentials: 'same-origin' }).catch((error: unknown) => {
    if (signal.aborted) throw error;
    throw new CallError('network', 0);
  });
  if (response.ok) return response.text();
  const problem = (await response.json().catch(() => ({}))) as { code?: string };
  throw new CallError(problem.code ?? 'answer_invalid', response.status);
}
