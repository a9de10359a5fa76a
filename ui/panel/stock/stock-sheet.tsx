import { useState } from "preact/hooks";
import type { StockPictureView, StockView } from "../../stock-view.ts";
import { Button } from "../controls/button.tsx";
import { Icon } from "../controls/icon.tsx";
import { Sheet } from "../controls/sheet.tsx";
import { Select } from "../controls/select.tsx";
import { usePanel } from "../panel-context.ts";

/** Searches a stock library and gives the node one of its pictures. */
export function StockSheet({ stock }: { readonly stock: StockView }) {
  const { actions } = usePanel();
  const isKeyless = stock.libraries?.length === 0;
  return (
    <Sheet
      title="Stock pictures"
      begins={isKeyless ? "title" : "field"}
      close={() => actions.closeStock()}
    >
      {!isKeyless && <SearchForm stock={stock} />}
      <div class="scroll lead stock-found">
        {stock.problem !== null && (
          <p class={isKeyless ? "" : "problem"} role="alert" dir="auto">
            {stock.problem}
          </p>
        )}
        {isKeyless && (
          <Button secondary onClick={() => actions.openConsole()}>
            Open the console
          </Button>
        )}
        <Pictures stock={stock} />
      </div>
    </Sheet>
  );
}

function SearchForm({ stock }: { readonly stock: StockView }) {
  const { actions } = usePanel();
  const [query, setQuery] = useState(stock.query ?? "");
  const { libraries, library, isBusy, taking } = stock;
  const isSearching = isBusy && taking === null;
  return (
    <form
      class="padded fields"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        actions.searchStock(query.trim());
      }}
    >
      <div class="row">
        <input
          class="text-input"
          aria-label="Search for"
          type="search"
          value={query}
          maxLength={200}
          placeholder="A red apple on a table"
          onInput={(event) => setQuery(event.currentTarget.value)}
        />
        <Button
          type="submit"
          loading={isSearching}
          aria-label={isSearching ? "Searching" : undefined}
          disabled={query.trim() === ""}
        >
          Search
        </Button>
      </div>
      {libraries !== null && libraries.length > 1 && (
        <Select
          label="Library"
          value={library}
          options={libraries}
          isDisabled={isBusy}
          choose={(next) => actions.chooseLibrary(next)}
        />
      )}
    </form>
  );
}

function Pictures({ stock }: { readonly stock: StockView }) {
  const { actions } = usePanel();
  const { pictures, notice, hasMore, isBusy, problem, query } = stock;
  if (pictures.length === 0) {
    const words = query === null ? "Its credit stays with the picture." : "Nothing was found.";
    if (problem !== null) return null;
    return (
      <p class="quiet" role="status">
        {isBusy ? "One moment…" : words}
      </p>
    );
  }
  return (
    <>
      <ul class="results" aria-label="Pictures">
        {pictures.map((picture) => (
          <Picture key={picture.id} picture={picture} stock={stock} />
        ))}
      </ul>
      {hasMore && (
        <Button secondary disabled={isBusy} onClick={() => actions.moreStock()}>
          More
        </Button>
      )}
      <p class="quiet" dir="auto">
        {notice}
      </p>
    </>
  );
}

interface PictureProps {
  readonly picture: StockPictureView;
  readonly stock: StockView;
}

function Picture({ picture: { id, title, author, thumbnail }, stock }: PictureProps) {
  const { actions } = usePanel();
  return (
    <li class="words">
      <button
        type="button"
        class="result"
        aria-label={`Use ${title} by ${author}`}
        disabled={stock.isBusy}
        onClick={() => actions.takeStock(id)}
      >
        {stock.taking === id ? (
          <Icon name="busy" />
        ) : (
          thumbnail !== null && <img src={thumbnail.url} alt="" draggable={false} />
        )}
      </button>
      <span class="quiet cut" dir="auto" title={author}>
        {author}
      </span>
    </li>
  );
}
