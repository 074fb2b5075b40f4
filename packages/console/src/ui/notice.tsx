import type { ReactNode } from 'react';
import { Icon } from './icon.tsx';

type Kind = 'info' | 'good' | 'warn' | 'danger';

const icons = { info: 'info', good: 'check', warn: 'warn', danger: 'warn' } as const;

interface NoticeProps {
  kind?: Kind;
  title?: string;
  children?: ReactNode;
  /** Whether screen readers shall say it as soon as it appears. */
  role?: 'alert' | 'status';
}

/** A boxed remark with an icon. */
export function Notice({ kind = 'info', title, children, role }: NoticeProps) {
  return (
    <div className={`notice notice--${kind}`} {...(role && { role })}>
      <Icon name={icons[kind]} />
      <div className="notice__text">
        {title && <p className="notice__title">{title}</p>}
        {children}
      </div>
    </div>
  );
}
