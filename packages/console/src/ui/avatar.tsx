import type { Card } from '@kith/protocol';
import { hueOf, initialsOf } from '../words/initials.ts';

const hues = 8;

/**
 * Initials on a colour of the member's own. A picture is shown only from our own origin: fetching it from anywhere else
 * would tell that place who is looking at whom.
 */
export function Avatar({
  id,
  card,
  size = 'medium',
}: {
  id: string;
  card: Card;
  size?: 'small' | 'medium' | 'large';
}) {
  const classes = `avatar avatar--${size} avatar--${hueOf(id, hues)}`;
  if (card.avatarUrl && ownOrigin(card.avatarUrl)) {
    return <img className={classes} src={card.avatarUrl} alt="" />;
  }
  return (
    <span className={classes} aria-hidden="true">
      {initialsOf(card.name)}
    </span>
  );
}

function ownOrigin(url: string): boolean {
  try {
    return new URL(url, window.location.href).origin === window.location.origin;
  } catch {
    return false;
  }
}
