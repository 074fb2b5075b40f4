import type { ReactNode } from 'react';
import { Logo } from '../../ui/logo.tsx';
import { ThemeButton } from '../../ui/theme-button.tsx';
import { useArrival } from '../../ui/use-arrival.ts';

/** What is seen from outside: one card, and nothing of what is behind it. */
export function Door({ title, children }: { title: string; children: ReactNode }) {
  const heading = useArrival('analyst-door');
  return (
    <div className="gate">
      <header className="door__top">
        <p className="brand">
          <Logo />
          <span>
            Kith <span className="brand__room">study</span>
          </span>
        </p>
        <ThemeButton />
      </header>
      <main className="gate__main">
        <section className="card stack gate__card">
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {children}
        </section>
      </main>
    </div>
  );
}
