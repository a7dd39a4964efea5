import { css } from "lit";

/** Web Awesome's components and the views in the colours and measures that the other elements have, light or dark as the place is. */
export const theme = css`
  :host {
    --wa-space-3xs: 0.125rem;
    --wa-space-2xs: var(--gs-space-2xs);
    --wa-space-xs: var(--gs-space-xs);
    --wa-space-s: var(--gs-space-s);
    --wa-space-m: var(--gs-space-m);
    --wa-space-l: var(--gs-space-l);

    --wa-border-radius-s: var(--gs-radius-s);
    --wa-border-radius-m: var(--gs-radius-m);
    --wa-border-radius-l: var(--gs-radius-l);
    --wa-border-radius-pill: 9999px;
    --wa-border-style: solid;
    --wa-border-width-s: 0.0625rem;

    --wa-font-family-code: var(--gs-code-font);
    --wa-font-size-smaller: 0.875em;
    --wa-font-size-xs: 0.75rem;
    --wa-font-size-s: var(--gs-text-size);
    --wa-font-size-m: 1rem;
    --wa-font-size-l: 1.25rem;
    --wa-font-size-xl: 1.5rem;
    --wa-font-weight-normal: 400;
    --wa-font-weight-semibold: 600;
    --wa-font-weight-bold: 600;
    --wa-font-weight-action: 600;
    --wa-line-height-condensed: 1.2;

    --wa-shadow-m: var(--gs-shadow);
    --wa-shadow-l: var(--gs-shadow);
    --wa-transition-fast: 75ms;
    --wa-transition-normal: 150ms;
    --wa-transition-easing: ease;
    --wa-focus-ring: var(--gs-focus);
    --wa-focus-ring-offset: var(--gs-focus-offset);
    --wa-color-focus: var(--gs-link);

    --wa-color-surface-default: var(--gs-card);
    --wa-color-surface-raised: var(--gs-raised);
    --wa-color-text-normal: var(--gs-text);
    --wa-color-text-link: var(--gs-link);
    --wa-color-mix-hover: var(--gs-text) 8%;
    --wa-color-mix-active: var(--gs-card) 10%;

    --wa-color-brand-fill-loud: var(--gs-loud);
    --wa-color-brand-fill-normal: var(--gs-selection);
    --wa-color-brand-fill-quiet: var(--gs-selection);
    --wa-color-brand-border-loud: var(--gs-loud);
    --wa-color-brand-border-normal: var(--gs-loud);
    --wa-color-brand-border-quiet: var(--gs-loud);
    --wa-color-brand-on-loud: var(--gs-on-loud);
    --wa-color-brand-on-normal: var(--gs-link);
    --wa-color-brand-on-quiet: var(--gs-link);

    --wa-color-danger-fill-loud: light-dark(#b30532, #b30532);
    --wa-color-danger-fill-normal: var(--gs-error-fill);
    --wa-color-danger-fill-quiet: var(--gs-error-fill);
    --wa-color-danger-border-loud: var(--gs-error);
    --wa-color-danger-border-normal: var(--gs-error);
    --wa-color-danger-border-quiet: var(--gs-error);
    --wa-color-danger-on-loud: #fff;
    --wa-color-danger-on-normal: var(--gs-error);
    --wa-color-danger-on-quiet: var(--gs-error);

    --wa-color-neutral-fill-loud: var(--gs-text);
    --wa-color-neutral-fill-normal: var(--gs-code);
    --wa-color-neutral-fill-quiet: var(--gs-code);
    --wa-color-neutral-border-loud: var(--gs-field-line);
    --wa-color-neutral-border-normal: var(--gs-field-line);
    --wa-color-neutral-border-quiet: var(--gs-line);
    --wa-color-neutral-on-loud: var(--gs-card);
    --wa-color-neutral-on-normal: var(--gs-text);
    --wa-color-neutral-on-quiet: var(--gs-text);

    --wa-form-control-activated-color: var(--gs-loud);
    --wa-form-control-background-color: var(--gs-field);
    --wa-form-control-border-color: var(--gs-field-line);
    --wa-form-control-border-radius: var(--gs-radius-m);
    --wa-form-control-border-style: solid;
    --wa-form-control-border-width: 0.0625rem;
    --wa-form-control-height: round(calc(2 * 0.6em + 1em * 1.2), 1px);
    --wa-form-control-padding-block: 0.6em;
    --wa-form-control-padding-inline: 0.75em;
    --wa-form-control-hint-color: var(--gs-quiet);
    --wa-form-control-hint-font-weight: 400;
    --wa-form-control-hint-line-height: 1.5;
    --wa-form-control-label-color: var(--gs-text);
    --wa-form-control-label-font-weight: 600;
    --wa-form-control-label-line-height: 1.4;
    --wa-form-control-placeholder-color: var(--gs-quiet);
    --wa-form-control-required-content: "*";
    --wa-form-control-required-content-color: inherit;
    --wa-form-control-required-content-offset: -0.1em;
    --wa-form-control-toggle-size: round(1.25em, 1px);
    --wa-form-control-value-color: var(--gs-text);
    --wa-form-control-value-font-weight: 400;
    --wa-form-control-value-line-height: 1.2;
  }
`;
