import { ActionIcon, Button, FileButton, TextInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { keyOf, useAct } from '../../../ui/call.ts'
import { ProblemNote } from '../../../ui/kit/problem-note.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { type Problem, upload } from '../../../ui/request.ts'
import { catalogue, type Product } from '../contract.ts'

const types = 'image/png,image/jpeg,image/gif,image/webp'

/** Pictures are kept at once, each with words for those who do not see it. */
export const PictureRows = ({ product }: { product: Product }) => {
  const t = useSay()
  const client = useQueryClient()
  const refresh = () => void client.invalidateQueries({ queryKey: keyOf(catalogue.get) })
  const add = useMutation<unknown, Problem, File>({
    meta: { quiet: true },
    mutationFn: file => upload(`/api/products/${product.id}/pictures`, file),
    onSuccess: refresh,
  })
  const change = useAct(catalogue.changePicture, { done: refresh })
  const remove = useAct(catalogue.removePicture, { done: refresh })
  return (
    <div className="rp-stack">
      <ProblemNote problem={add.error} />
      {product.pictures.map((picture, index) => (
        <div key={picture.id} className="rp-form-row">
          <div className="rp-product-pictures">
            <img src={picture.url} alt={picture.alt} style={{ maxHeight: 90 }} />
            <TextInput
              className="rp-grow"
              label={t('productForm.alt')}
              aria-label={t('productForm.altOf', { number: index + 1 })}
              defaultValue={picture.alt}
              maxLength={300}
              onBlur={event => {
                const alt = event.currentTarget.value.trim()
                if (alt !== picture.alt) change.mutate({ id: product.id, pictureId: picture.id, alt })
              }}
            />
          </div>
          <ActionIcon
            variant="subtle"
            color="gray"
            onClick={() => remove.mutate({ id: product.id, pictureId: picture.id })}
            aria-label={t('productForm.removePicture', { number: index + 1 })}
          >
            <IconX size={16} />
          </ActionIcon>
        </div>
      ))}
      <div>
        <FileButton accept={types} onChange={file => file && add.mutate(file)}>
          {props => (
            <Button variant="default" loading={add.isPending} {...props}>
              {t('productForm.addPicture')}
            </Button>
          )}
        </FileButton>
      </div>
    </div>
  )
}
