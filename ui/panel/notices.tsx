import type { NoticeView } from "../panel-view.ts";
import { Icon } from "./controls/icon.tsx";
import { IconButton } from "./controls/icon-button.tsx";
import { usePanel } from "./panel-context.ts";

/** The sentences across the top, read out as they come. */
export function Notices({ notices }: { readonly notices: readonly NoticeView[] }) {
  return (
    <div class="notices" role="log" aria-label="Notices">
      {notices.map((notice) => (
        <Notice key={notice.key} notice={notice} />
      ))}
    </div>
  );
}

function Notice({ notice }: { readonly notice: NoticeView }) {
  const { actions } = usePanel();
  return (
    <div class="notice" data-kind={notice.kind}>
      <Icon name={notice.kind} />
      <div class="notice-words">
        <p dir="auto">{notice.text}</p>
        {notice.actions.length > 0 && (
          <div class="row">
            {notice.actions.map(({ label, act }) => (
              <button key={label} type="button" class="link" onClick={act}>
                {label}
              </button>
            ))}
          </div>
        )}
      </div>
      {notice.isDismissable && (
        <IconButton icon="close" label="Dismiss" onClick={() => actions.dismiss(notice.key)} />
      )}
    </div>
  );
}
