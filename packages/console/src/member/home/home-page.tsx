import { Loaded } from '../../ui/loaded.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { useMe } from '../data/queries.ts';
import { DeleteContacts } from './delete-contacts.tsx';
import { SettingForm } from './setting-form.tsx';
import { Summary } from './summary.tsx';

/** Where a member stands, who may find it, and its contacts at Kith. */
export function HomePage() {
  const me = useMe();
  return (
    <Page
      title={me.data ? `Hello, ${me.data.card.name}` : 'Hello'}
      lead="What Kith does for you, and what it may tell others."
    >
      <Summary />
      <Loaded query={me} what="your setting">
        {(data) => (
          <>
            {!data.hasPhone && (
              <Notice kind="warn" title="Kith has no phone number of yours">
                <p>
                  Until your app has verified one, nobody can find you and no meeting can happen, whatever you
                  choose here.
                </p>
              </Notice>
            )}
            <SettingForm current={data.discoverable} />
          </>
        )}
      </Loaded>
      <DeleteContacts />
    </Page>
  );
}
