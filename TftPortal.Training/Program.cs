TftPortal.Training.Torch.LibTorch.Prepare();
Console.WriteLine(TorchSharp.torch.__version__);
