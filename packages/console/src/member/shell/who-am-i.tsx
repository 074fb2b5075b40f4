import type { Me } from '@kith/protocol';
import { Avatar } from '../../ui/avatar.tsx';

/** The signed-in member, so that two tabs of two members are not mistaken for each other. */
export function WhoAmI({ me }: { me: Me }) {
  return (
    <p className="who">
      <Avatar id={me.id} card={me.card} size="small" />
      <span className="who__words">
        <span className="visually-hidden">Signed in as </span>
        <span className="who__name">{me.card.name}</span>
        <span className="who__handle">@{me.card.handle}</span>
      </span>
    </p>
  );
}
