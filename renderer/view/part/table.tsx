// A table with a keyboard: arrows move, Enter opens, one or many rows selected. For up to some hundred rows.
import type { Key, ReactNode } from 'react';
import { Table as AriaTable, Cell, Column, Row, type Selection, TableBody, TableHeader } from 'react-aria-components';

export interface TableColumn<Line> {
  readonly id: string;
  readonly title: string;
  /** CSS width; the first without one takes the rest. */
  readonly width?: string;
  readonly numeric?: boolean;
  /** Not shown in a narrow window. */
  readonly wide?: boolean;
  readonly cell: (row: Line) => ReactNode;
}
interface Props<Line> {
  readonly label: string;
  readonly rows: readonly Line[];
  readonly columns: readonly TableColumn<Line>[];
  readonly rowId: (row: Line) => string;
  /** What a screen reader calls a row, and typing finds it by. */
  readonly rowText: (row: Line) => string;
  readonly selected?: readonly string[];
  readonly onSelect?: (ids: readonly string[]) => void;
  readonly onOpen?: (id: string) => void;
  readonly multiple?: boolean;
  /** Rows of 48px with two lines. */
  readonly two?: boolean;
  readonly empty?: ReactNode;
}

/** A row is drawn again only when it is another object, or the columns are another array. */
export function Table<Line extends object>(props: Props<Line>) {
  const { label, rows, columns, rowId, rowText, selected = [], onSelect, onOpen, multiple = false, two = false, empty } = props;
  const select = (keys: Selection) => onSelect?.(keys === 'all' ? rows.map(rowId) : [...keys].map(String));
  return (
    <AriaTable
      aria-label={label}
      className={two ? 'two' : ''}
      selectionMode={onSelect === undefined ? 'none' : multiple ? 'multiple' : 'single'}
      selectionBehavior="replace"
      selectedKeys={new Set<Key>(selected) as Set<string>}
      onSelectionChange={select}
      {...(onOpen === undefined ? {} : { onRowAction: (key) => onOpen(String(key)) })}
    >
      <TableHeader>
        {columns.map((column, index) => (
          <Column
            key={column.id}
            id={column.id}
            isRowHeader={index === 0}
            className={cellClass(column)}
            style={column.width === undefined ? {} : { width: column.width }}
          >
            {column.title}
          </Column>
        ))}
      </TableHeader>
      <TableBody items={rows} dependencies={[columns]} renderEmptyState={() => empty ?? null}>
        {(row) => (
          <Row id={rowId(row)} textValue={rowText(row)}>
            {columns.map((column) => (
              <Cell key={column.id} className={cellClass(column)}>
                {column.cell(row)}
              </Cell>
            ))}
          </Row>
        )}
      </TableBody>
    </AriaTable>
  );
}

function cellClass({ numeric = false, wide = false }: { readonly numeric?: boolean; readonly wide?: boolean }): string {
  return [numeric ? 'num' : '', wide ? 'wide' : ''].filter(Boolean).join(' ');
}
