/** The zoom control at the lower right: − 100 % + Fit. */
import { Minus, Plus } from 'lucide-react'
import { useDesign } from '../design/plan'
import { ActionButton } from './ActionButton'
import { fit, zoomIn, zoomOut } from './actions/view'

export function ZoomControl() {
  const percent = useDesign(({ seen }) => Math.max(1, Math.round(100 * (seen?.zoom ?? 1))))
  return (
    <fieldset className="network-zoom" aria-label="Zoom">
      <ActionButton action={zoomOut} icon={Minus} iconOnly />
      <output className="network-percent" title="At 100 % the whole network is shown">
        {percent} %
      </output>
      <ActionButton action={zoomIn} icon={Plus} iconOnly />
      <ActionButton action={fit} label="Fit" icon={null} hint={fit.title} />
    </fieldset>
  )
}
