import { counted } from '../../../words/counts.ts';
import { Clipped } from '../clipped.tsx';
import type { Drawing, DrawnNode } from './drawing.ts';
import { linkKindOf, linkKinds } from './stage/palette.ts';

interface NodePanelProps {
  drawing: Drawing;
  node: DrawnNode;
  isFolded: boolean;
  isChosen: boolean;
  /** Folds a link's leaves in, or out again. */
  onFold: () => void;
  /** Adds accounts to the chosen ones, or takes them out. */
  onChoose: (accounts: string[], isIn: boolean) => void;
  onGo: (node: DrawnNode) => void;
  onClose: () => void;
}

/** About the node that was pressed or found. */
export function NodePanel(props: NodePanelProps) {
  const { node, onClose } = props;
  return (
    <section className="node-panel" aria-label="About this node">
      {node.kind === 'link' ? <AboutLink {...props} /> : <AboutAccount {...props} />}
      <button type="button" className="button button--small button--quiet" onClick={onClose}>
        Close
      </button>
    </section>
  );
}

function AboutLink({ drawing, node, isFolded, onFold, onChoose }: NodePanelProps) {
  const accounts = node.ties.map((place) => drawing.nodes[place]!.id);
  const all = node.accounts ?? accounts.length;
  return (
    <>
      <p className="node-panel__words">
        <strong>{linkKinds[linkKindOf(node.signal)].words}</strong>{' '}
        <Clipped text={node.label || 'a habit in common'} />
        <br />
        <span className="soft small">
          {counted(all, 'account')} of the ring
          {accounts.length < all && `, ${counted(accounts.length, 'account')} drawn`}
          {node.weight !== undefined && ` · weight ${node.weight.toFixed(1)}`}
        </span>
      </p>
      {node.leaves.length > 1 && (
        <button type="button" className="button button--small" aria-pressed={isFolded} onClick={onFold}>
          {isFolded ? 'Unfold' : 'Fold in'} {counted(node.leaves.length, 'account')} with no other tie
        </button>
      )}
      <button type="button" className="button button--small" onClick={() => onChoose(accounts, true)}>
        Choose its accounts
      </button>
    </>
  );
}

function AboutAccount({ drawing, node, isChosen, onChoose, onGo }: NodePanelProps) {
  return (
    <>
      <p className="node-panel__words">
        <strong>
          <Clipped text={node.label || node.id} />
        </strong>
        <br />
        <span className="soft small">
          {node.flagged ? 'In the ring' : 'Near the ring, below the bar'}
          {node.evidence !== undefined && ` · evidence ${node.evidence.toFixed(1)}`}
        </span>
      </p>
      {node.ties.slice(0, 4).map((place) => {
        const link = drawing.nodes[place]!;
        return (
          <button
            key={place}
            type="button"
            className="button button--small button--quiet"
            onClick={() => onGo(link)}
          >
            <Clipped text={link.label || linkKinds[linkKindOf(link.signal)].words} most={28} />
          </button>
        );
      })}
      <button
        type="button"
        className="button button--small"
        aria-pressed={isChosen}
        onClick={() => onChoose([node.id], !isChosen)}
      >
        {isChosen ? 'Chosen: let go' : 'Choose'}
      </button>
    </>
  );
}
