// A screen that breaks says so and lets the rest of the window live.
import { Component, type ReactNode } from 'react';
import { toFailure } from '../../../shared/error.js';
import { say } from '../../text/text.js';
import { Button } from '../part/button.js';
import { ErrorNote } from '../part/state.js';

interface Props {
  readonly children: ReactNode;
}
interface State {
  readonly error: unknown;
}

export class Boundary extends Component<Props, State> {
  override state: State = { error: null };

  static getDerivedStateFromError(error: unknown): State {
    return { error };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    const again = <Button onPress={() => this.setState({ error: null })}>{say('common.retry')}</Button>;
    return (
      <div className="broken">
        <ErrorNote failure={toFailure(error)} title={say('common.brokenTitle')} actions={again} />
      </div>
    );
  }
}
