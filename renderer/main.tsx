// The window's entry: take the station's line, follow what it announces, draw.
import './jitless.js';
import { createRoot } from 'react-dom/client';
import { followKeys } from './command/keys.js';
import { followPanes } from './command/pane.js';
import { dialStation, takeLink } from './state/link.js';
import { followAddress } from './state/place.js';
import { followSteps } from './state/progress.js';
import { followEvents } from './state/query.js';
import './style/tokens.css';
import './style/base.css';
import './style/part.css';
import './style/frame.css';
import { App } from './view/frame/app.js';

followEvents();
followSteps();
followAddress();
followKeys();
followPanes();
if (window.station === undefined) dialStation();
else takeLink(window.station);

const root = document.getElementById('root');
if (root !== null) createRoot(root).render(<App />);
