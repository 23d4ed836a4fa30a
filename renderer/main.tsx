// The window's entry: take the station's line, follow what it announces, draw.
import './jitless.js';
import { createRoot } from 'react-dom/client';
import { followKeys } from './command/keys.js';
import { followPanes } from './command/pane.js';
import { followFrameLinks } from './link/asked.js';
import { dialStation, takeLink } from './state/link.js';
import { followList } from './state/pages.js';
import { followAddress } from './state/place.js';
import { followSteps } from './state/progress.js';
import { followEvents } from './state/query.js';
import { followRuns } from './state/run-progress.js';
import { followWriting } from './state/writing.js';
import './style/tokens.css';
import './style/base.css';
import './style/part.css';
import './style/frame.css';
import './style/mail.css';
import './style/reader.css';
import { App } from './view/frame/app.js';

followEvents();
followSteps();
followList();
followRuns();
followFrameLinks();
followAddress();
followKeys();
followPanes();
followWriting();
if (window.station === undefined) dialStation();
else takeLink(window.station);

const root = document.getElementById('root');
if (root !== null) createRoot(root).render(<App />);
