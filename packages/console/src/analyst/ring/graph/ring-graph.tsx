import type { RingGraph as Graph } from '@kith/protocol/study';
import { useMemo, useRef, useState } from 'react';
import { useAnnounce } from '../../../ui/announcer.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { counted } from '../../../words/counts.ts';
import { download } from '../download.ts';
import { type DrawnNode, drawingOf, foldedAtFirst } from './drawing.ts';
import { graphml } from './graphml.ts';
import type { Point } from './lasso.ts';
import { LassoLayer } from './lasso-layer.tsx';
import { Legend } from './legend.tsx';
import { LinkList } from './link-list.tsx';
import { NodePanel } from './node-panel.tsx';
import { SearchNode } from './search-node.tsx';
import { StageTools, type Tool } from './stage-tools.tsx';
import { useStage } from './use-stage.ts';

interface RingGraphProps {
  ring: string;
  graph: Graph;
  chosen: ReadonlySet<string>;
  onChosen: (chosen: ReadonlySet<string>) => void;
}

/** The accounts of a ring and what they share, as a drawing or as a list. */
export function RingGraph({ ring, graph, chosen, onChosen }: RingGraphProps) {
  const drawing = useMemo(() => drawingOf(graph), [graph]);
  const [tool, setTool] = useState<Tool>('move');
  const [folded, setFolded] = useState(() => foldedAtFirst(drawing));
  const [focused, setFocused] = useState<DrawnNode>();
  const container = useRef<HTMLDivElement>(null);
  const announce = useAnnounce();
  const view = { folded, chosen, focused: focused?.id };
  const { stage, phase, isSettled, pinned } = useStage(container, drawing, view, setFocused);

  const choose = (accounts: readonly string[], isIn: boolean, isAdding = true) => {
    const next = new Set(isAdding ? chosen : []);
    for (const id of accounts) isIn ? next.add(id) : next.delete(id);
    announce(`${counted(next.size, 'account')} chosen`);
    onChosen(next);
  };
  const goTo = (node: DrawnNode) => {
    setFocused(node);
    const home = node.kind === 'account' && node.ties.length === 1 ? drawing.nodes[node.ties[0]!] : undefined;
    if (home && folded.has(home.id)) setFolded(without(folded, home.id));
    stage.current?.goTo(node);
  };
  const lasso = (line: Point[], isAdding: boolean) =>
    choose(stage.current?.within(line) ?? [], true, isAdding);
  const save = async (format: 'png' | 'graphml') => {
    const places = stage.current?.places() ?? new Float32Array(drawing.nodes.length * 2);
    const text = () => new Blob([graphml(ring, drawing, places)], { type: 'application/graphml+xml' });
    const content = format === 'png' ? await stage.current?.picture() : text();
    if (content) download(content, `ring-${ring}.${format}`);
  };

  const isList = tool === 'list' || phase === 'none';
  return (
    <div className="graph">
      <div className="graph__tools">
        <StageTools
          tool={isList ? 'list' : tool}
          onTool={setTool}
          canDraw={phase !== 'none'}
          pinned={pinned.size}
          onZoom={(by) => stage.current?.zoom(by)}
          onUnpin={() => stage.current?.unpin()}
          onSave={save}
        />
        {!isList && <SearchNode drawing={drawing} onGo={goTo} />}
      </div>
      {phase === 'none' && (
        <Notice kind="info" title="This browser cannot draw the graph">
          <p>It has no WebGL, or that is switched off. The list says the same.</p>
        </Notice>
      )}
      {isList && <LinkList drawing={drawing} chosen={chosen} onChoose={choose} />}
      <div className="graph__stage" hidden={isList} data-phase={phase} data-settled={isSettled}>
        <div ref={container} className="graph__canvas" role="img" aria-label={summaryOf(graph)} />
        {tool === 'lasso' && <LassoLayer onLine={lasso} />}
        {phase === 'coming' && <p className="graph__coming soft">Drawing…</p>}
      </div>
      {focused && !isList && (
        <NodePanel
          drawing={drawing}
          node={focused}
          isFolded={folded.has(focused.id)}
          isChosen={chosen.has(focused.id)}
          onFold={() =>
            setFolded(folded.has(focused.id) ? without(folded, focused.id) : new Set(folded).add(focused.id))
          }
          onChoose={choose}
          onGo={goTo}
          onClose={() => setFocused(undefined)}
        />
      )}
      {!isList && <Legend />}
      <LeftOut graph={graph} />
    </div>
  );
}

function without(set: ReadonlySet<string>, one: string): ReadonlySet<string> {
  const next = new Set(set);
  next.delete(one);
  return next;
}

function summaryOf({ nodes }: Graph): string {
  const links = nodes.filter(({ kind }) => kind === 'link').length;
  const accounts = counted(nodes.length - links, 'account');
  return `Drawing of ${accounts} and ${counted(links, 'link')} between them; the list has the same in words`;
}

function LeftOut({ graph: { left } }: { graph: Graph }) {
  if (left.accounts === 0 && left.links === 0) return null;
  return (
    <p className="small soft">
      Not drawn: {counted(left.accounts, 'account')} and {counted(left.links, 'link')} with less evidence. The
      table below has all accounts.
    </p>
  );
}
