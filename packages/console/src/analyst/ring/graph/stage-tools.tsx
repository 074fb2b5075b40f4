import type { ReactNode } from 'react';

const tools = { move: 'Move', lasso: 'Lasso', list: 'List' } as const;
export type Tool = keyof typeof tools;

interface StageToolsProps {
  tool: Tool;
  onTool: (tool: Tool) => void;
  /** False where there is nothing but the list. */
  canDraw: boolean;
  pinned: number;
  onZoom: (by: 'in' | 'out' | 'all') => void;
  onUnpin: () => void;
  onSave: (format: 'png' | 'graphml') => void;
}

/** What can be done with the drawing as a whole. */
export function StageTools({ tool, onTool, canDraw, pinned, onZoom, onUnpin, onSave }: StageToolsProps) {
  const isDrawn = tool !== 'list';
  return (
    <div className="row stage-tools">
      {canDraw && (
        <fieldset className="segments">
          <legend className="visually-hidden">Tool</legend>
          {(Object.keys(tools) as Tool[]).map((name) => (
            <label key={name}>
              <input type="radio" name="graph-tool" checked={tool === name} onChange={() => onTool(name)} />
              <span>{tools[name]}</span>
            </label>
          ))}
        </fieldset>
      )}
      {isDrawn && (
        <>
          <Small onPress={() => onZoom('in')} label="Closer">
            +
          </Small>
          <Small onPress={() => onZoom('out')} label="Farther">
            −
          </Small>
          <Small onPress={() => onZoom('all')}>Fit</Small>
          {pinned > 0 && <Small onPress={onUnpin}>Let go of {pinned} pinned</Small>}
          <Small onPress={() => onSave('png')}>PNG</Small>
        </>
      )}
      <Small onPress={() => onSave('graphml')}>GraphML</Small>
    </div>
  );
}

function Small({ onPress, label, children }: { onPress: () => void; label?: string; children: ReactNode }) {
  return (
    <button
      type="button"
      className="button button--small"
      onClick={onPress}
      {...(label && { 'aria-label': label, title: label })}
    >
      {children}
    </button>
  );
}
