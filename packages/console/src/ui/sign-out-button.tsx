import { Icon } from './icon.tsx';

export function SignOutButton({ onClick }: { onClick: () => void }) {
  return (
    <button
      type="button"
      className="button button--quiet button--icon"
      onClick={onClick}
      title="Sign out"
      aria-label="Sign out"
    >
      <Icon name="leave" />
    </button>
  );
}
