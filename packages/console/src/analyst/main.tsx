import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '../styles/analyst/index.css';
import { App } from './app.tsx';

const root = document.getElementById('root');
if (!root) throw new TypeError('the page has no #root');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
